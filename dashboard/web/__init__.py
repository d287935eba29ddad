"""What the browser asks of the dashboard beside its pages: signing in and out, the cookie."""
