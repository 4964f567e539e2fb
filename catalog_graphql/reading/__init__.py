"""From a selection to rows: filters, orders, pages, and the plans that read them."""
