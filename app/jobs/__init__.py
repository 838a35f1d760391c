"""Long work with progress and cancel: asked for on a page, done by `flask worker`, never by the ticker."""
