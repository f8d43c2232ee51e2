"""The register of metrics: what each rests on, how it is estimated, and its page."""
