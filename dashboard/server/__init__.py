"""What serves the pages: Streamlit as an ASGI application, files, access logs, the article that comes first."""
