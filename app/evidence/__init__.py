"""Photos and papers that prove it: content-addressed, superseded, never overwritten."""
