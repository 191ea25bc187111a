"""What serves the pages: Streamlit as an ASGI application, files, access logs, the first picture."""
