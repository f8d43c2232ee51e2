"""The workspace's database: the team's own work, imports and jobs, leases."""
