"""The pages: each reads like an article, from its question to its sources."""
