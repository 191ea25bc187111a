"""Streamlit: frame, views, charts, texts; opens the release and nothing else."""
