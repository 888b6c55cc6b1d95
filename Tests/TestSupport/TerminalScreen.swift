internal import Foundation

/// A program in an emulated terminal (Tests/Servers/terminal.py).
package struct TerminalScreen: Sendable {
    /// What is to be seen, and what was written.
    package struct Look: Sendable, Decodable {
        /// The screen's lines, without blanks at their ends.
        package let screen: [String]
        /// The lines that have scrolled off it.
        package let past: [String]
        /// The cursor's line, counted from 0.
        package let row: Int
        /// The cursor's column, counted from 0.
        package let column: Int
        private let raw: Data

        /// Every byte that the program wrote.
        package var bytes: [UInt8] { [UInt8](raw) }
        /// Every line that is left standing.
        package var lines: [String] { (past + screen).filter { !$0.isEmpty } }
        /// The screen, for a failing test's message.
        package var text: String { screen.joined(separator: "\n") }
    }

    private let process: LineProcess

    /// Starts a program in a terminal of that size, with exactly this environment besides PATH.
    package init(_ command: [String], environment: [String: String], folder: String, columns: Int = 80, rows: Int = 24) async throws {
        process = try LineProcess("terminal.py")
        var environment = environment
        environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
        environment["AWS_EC2_METADATA_DISABLED"] = "true"
        let _: Nothing = try await process.ask(
            "start",
            [
                "command": .array(command.map { .string($0) }), "environment": .object(environment.mapValues { .string($0) }),
                "folder": .string(folder), "columns": .integer(columns), "rows": .integer(rows),
            ])
    }

    /// What is to be seen now.
    package func look() async throws -> Look { try await process.ask("look") }

    /// Waits until something is to be seen; answers what.
    @discardableResult
    package func look(until isSo: (Look) -> Bool) async throws -> Look {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            let look = try await look()
            if isSo(look) { return look }
            guard ContinuousClock.now < deadline else { throw LineProcess.Broken(description: "the screen stays\n" + look.text) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Gives the terminal another size.
    package func resize(columns: Int, rows: Int) async throws {
        let _: Nothing = try await process.ask("resize", ["columns": .integer(columns), "rows": .integer(rows)])
    }

    /// Types; `\u{3}` is what Ctrl-C sends.
    package func type(_ text: String) async throws { let _: Nothing = try await process.ask("type", ["text": .string(text)]) }

    /// Waits for the program's end; answers its status, or 128 and the number of the signal that ended it.
    package func finish() async throws -> Int { try await process.ask("wait") }

    private struct Nothing: Decodable, Sendable {}
}

extension Site {
    /// Starts `galleria-deploy SOURCE s3://BUCKET OPTIONS` in a terminal, not looking after CORS, and patient.
    package func screen(
        _ options: [String] = [], columns: Int = 80, rows: Int = 24, environment extra: [String: String] = [:]
    ) async throws -> TerminalScreen {
        var environment = place.environment
        environment.merge(["HOME": folder.path("home"), "LANG": "C.UTF-8", "TZ": "UTC", "TERM": "xterm-256color"]) { $1 }
        environment.merge(extra) { $1 }
        return try await TerminalScreen(
            [Executable.path, source, "s3://\(bucket.name)", "--no-cors-check", "--stall-timeout", "10m"] + options,
            environment: environment, folder: folder.path, columns: columns, rows: rows)
    }
}
