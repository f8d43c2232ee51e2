"""All that is known beside the paths, made once per version of plan and data."""
