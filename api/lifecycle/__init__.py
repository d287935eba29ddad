"""The life of a quote: states, who approves, what a client chose, when it ends."""
