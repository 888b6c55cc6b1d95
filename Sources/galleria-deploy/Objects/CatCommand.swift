internal import ArgumentParser
internal import Deploy
internal import Foundation
internal import Vocabulary

/// `galleria-deploy cat KEY…`: objects on standard output.
struct CatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat", abstract: "Write objects to standard output.", usage: "galleria-deploy cat [<options>] KEY ...",
        discussion: """
            What is written is compared with the SHA-256 of the object's metadata, where it has one; a difference is said and the exit status is 1.
            """)

    @Argument(help: ArgumentHelp("Keys below the target, s3://BUCKET/KEY, or web addresses.", valueName: "key"))
    var words: [String]

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only these bytes: 0-499, 500- or -500 (the last 500).", valueName: "range"))
    var range: ByteRange?

    @Flag(help: "Write base64.")
    var base64 = false

    @OptionGroup var objects: ObjectArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let words = try words.map { try ObjectWord($0) }
            return try await BucketSession.run(objects, on: words, console) { session in
                let stream = ObjectStream(session: session, range: range, isBase64: base64)
                return try await Self.write(try words.map { try session.key(of: $0) }, stream)
            }
        }
    }

    /// Writes each; one that cannot be read is said, and the others are written.
    static func write(_ keys: [Key], _ stream: ObjectStream) async throws -> ExitStatus {
        var faults = ObjectFaults(stream.session.console)
        var isSound = true
        for key in keys {
            do {
                if try await !stream.write(key) { isSound = false }
            } catch let fault as OutputFault {
                try faults.note(fault, on: stream.session.name(of: key))
            }
        }
        return isSound ? faults.status : .someFailed
    }
}

extension ObjectFaults {
    /// Takes note of a fault of one object; throws where it concerns more.
    mutating func note(_ fault: OutputFault, on name: String) throws {
        switch fault {
        case .store(let error): try note(error, on: name)
        default: note("\(fault).", on: name)
        }
    }
}
