"""Events, links, traits, objects, figures and observations as Parquet files in Delta tables."""
