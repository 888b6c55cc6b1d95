/// Waits until something is so, looking again and again for a minute at most.
package func until(_ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !isSo() {
        guard ContinuousClock.now < deadline else { throw LineProcess.Broken(description: "what was waited for did not come") }
        try await Task.sleep(for: .milliseconds(10))
    }
}
