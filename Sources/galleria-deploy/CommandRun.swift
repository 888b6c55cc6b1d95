internal import ArgumentParser

/// The frame around every command: a fault becomes a message on standard error and its exit status.
enum CommandRun {
    static func exit(_ console: Console, _ body: () async throws -> ExitStatus) async -> Never {
        let status: ExitStatus
        do {
            status = try await body()
        } catch let fault as Fault {
            for line in fault.message.split(separator: "\n", omittingEmptySubsequences: false) {
                console.complain("galleria-deploy: " + line)
            }
            status = fault.status
        } catch {
            GalleriaDeploy.exit(withError: error)
        }
        GalleriaDeploy.exit(withError: ExitCode(status.rawValue))
    }
}
