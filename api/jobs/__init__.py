"""Work that takes longer than a request should: asked for, queued, done, fetched."""
