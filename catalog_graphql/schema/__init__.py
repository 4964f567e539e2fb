"""What can be asked and done: types, queries, mutations."""
