"""The pages beside the sheet: cockpit, variants, customers, stories."""
