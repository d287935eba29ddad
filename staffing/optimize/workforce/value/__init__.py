"""What a fixed plan costs in a hundred thousand futures, with certified bounds."""
