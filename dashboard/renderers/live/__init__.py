"""Articles as live pages of Streamlit's."""
