"""Corpora of any size: partition by partition into Parquet, in one process or on a Dask cluster."""
