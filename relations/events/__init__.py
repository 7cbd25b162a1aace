"""The event table: the waist through which everything passes."""
