internal import Dispatch
internal import Foundation
internal import Glibc

/// A Python process of Tests/Servers that answers questions, one line of JSON each way (Tests/Servers/lines.py).
package final class LineProcess: Sendable {
    /// What a question was answered with instead of a value.
    package struct Failure: Error, Decodable, CustomStringConvertible {
        /// The S3 error code, or the name of the Python exception.
        package let code: String
        /// The message.
        package let message: String
        /// Code and message.
        package var description: String { "\(code): \(message)" }
    }

    /// The process ended, or what it wrote is no answer.
    package struct Broken: Error, CustomStringConvertible {
        /// What was read.
        package let description: String
    }

    private struct Question: Encodable {
        let id: Int
        let members: [String: JSON]
        func encode(to encoder: any Encoder) throws {
            try JSON.object(members.merging(["id": .integer(id)]) { $1 }).encode(to: encoder)
        }
    }

    private struct Answer<Value: Decodable>: Decodable {
        let id: Int
        let value: Value?
        let error: Failure?
    }

    private let questions: Int32
    private let answers: LineReader
    /// Questions are put one at a time, off the threads that Swift's tasks share.
    private let queue = DispatchQueue(label: "LineProcess")

    /// Starts `Tests/Servers/<script>` with the Python environment of the Makefile.
    package init(_ script: String, _ arguments: [String] = []) throws {
        let (input, output) = (Pipe(), Pipe())
        defer {
            close(input.reading)
            close(output.writing)
        }
        let process = try ChildProcess(
            PackageFolder.path(".venv/bin/python"), ["-B", PackageFolder.path("Tests/Servers/\(script)")] + arguments,
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"],
            input: input.reading, output: output.writing, errors: STDERR_FILENO)
        questions = input.writing
        answers = LineReader(output.reading)
        Lifelines.add(input.writing, of: process)
    }

    /// The next line that the process writes unasked.
    package func line() async throws -> String {
        try await onQueue { try self.answers.next() }
    }

    /// Puts a question and waits for its answer.
    package func ask<Value: Decodable & Sendable>(_ operation: String, _ members: [String: JSON] = [:]) async throws -> Value {
        try await onQueue {
            let question = Question(id: 0, members: members.merging(["op": .string(operation)]) { $1 })
            let line = try JSONEncoder().encode(question) + [UInt8(ascii: "\n")]
            try line.withUnsafeBytes { try Self.write($0, to: self.questions) }
            let answer = try JSONDecoder().decode(Answer<Value>.self, from: Data(self.answers.next().utf8))
            if let failure = answer.error { throw failure }
            guard let value = answer.value else { throw Broken(description: "\(operation): an answer without a value") }
            return value
        }
    }

    private func onQueue<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Broken(description: "the process has closed its input") }
            rest = rest.dropFirst(count)
        }
    }
}
