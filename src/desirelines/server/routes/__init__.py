"""The API, one file per word; every path of a workspace begins with /api/w/<workspace>."""
