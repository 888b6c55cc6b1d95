internal import ArgumentParser

/// The frame around every command: a fault becomes a message on standard error and its exit status.
enum CommandRun {
    /// Ends the process with the status of `body`.
    static func exit(_ console: Console, _ body: () async throws -> ExitStatus) async -> Never {
        GalleriaDeploy.exit(withError: ExitCode(await status(console, body).rawValue))
    }

    /// The status of `body`, with its fault's message written; `onFault` is told of it as well.
    static func status(
        _ console: Console, onFault: (Fault) -> Void = { _ in }, _ body: () async throws -> ExitStatus
    ) async -> ExitStatus {
        do {
            return try await body()
        } catch let fault as Fault {
            for line in fault.message.split(separator: "\n", omittingEmptySubsequences: false) {
                console.complain("galleria-deploy: " + line)
            }
            onFault(fault)
            return fault.status
        } catch {
            GalleriaDeploy.exit(withError: error)
        }
    }
}
