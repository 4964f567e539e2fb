"""Commands that change the catalog, one module per noun."""
