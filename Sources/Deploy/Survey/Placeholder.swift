// The driver: asks, executes, reports.
