/// Waits until something is so, looking again and again until the limit is reached.
package func until(within limit: Duration = .seconds(60), _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !isSo() {
        guard ContinuousClock.now < deadline else { throw LineProcess.Broken(description: "what was waited for did not come") }
        try await Task.sleep(for: .milliseconds(10))
    }
}
