"""The plan: what it says, how it is put together, stored, opened, written down and made again."""
