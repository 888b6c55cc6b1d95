internal import ArgumentParser
internal import Foundation
internal import Planning
internal import Vocabulary

/// `galleria-deploy base64 [IN [OUT]]`: a file as text, for pages and JSON that carry pictures, and back.
struct Base64Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "base64", abstract: "Write a file as base64 or as a data URI, or decode either.",
        usage: "galleria-deploy base64 [<options>] [IN [OUT]]")

    @Argument(help: ArgumentHelp("What to read: a path, s3://BUCKET/KEY, or - for standard input, the default.", valueName: "in"))
    var input = "-"

    @Argument(help: ArgumentHelp("Where to write (default: -, standard output).", valueName: "out"))
    var output = "-"

    @Flag(help: "Write data:TYPE;base64,... (RFC 2397), with the type that the first bytes tell.")
    var dataURI = false

    @Flag(help: "Write the bytes that base64 text or a data URI stands for.")
    var decode = false

    @Flag(help: "Replace a file or an object that exists. What is read is never replaced.")
    var overwrite = false

    @OptionGroup var bucket: BucketArguments

    func validate() throws {
        if dataURI, decode { throw ValidationError("--data-uri and --decode exclude each other.") }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let (from, to) = (try PicturePlace(input), try PicturePlace(output))
            try PictureConversion.check([PictureConversion(input: from, output: to, format: nil)])
            return try await PictureStores.run(bucket, [from, to], console) { stores in
                if !overwrite, try await stores.exists(to) {
                    throw Fault(
                        .someFailed, "\(to.name.escapedForTerminal) is there already and was left as it is; --overwrite replaces it.")
                }
                do {
                    let bytes = try await stores.read(from).bytes
                    let made = try decode ? Base64Text.decoded(bytes) : Base64Text.encoded(bytes, asDataURI: dataURI) + [UInt8(ascii: "\n")]
                    try await stores.write(
                        made, to: to, type: decode ? ContentType.sniffed(Array(made.prefix(512))) : "text/plain; charset=utf-8")
                    return .done
                } catch {
                    return try PictureFault.tell(error, of: from, console)
                }
            }
        }
    }
}

/// Base64 (RFC 4648 §4) and data URIs (RFC 2397).
enum Base64Text {
    /// One line, without a break.
    static func encoded(_ bytes: [UInt8], asDataURI: Bool) -> [UInt8] {
        let prefix = asDataURI ? "data:\(ContentType.sniffed(Array(bytes.prefix(ContentType.sniffedCount))));base64," : ""
        return Array(prefix.utf8) + [UInt8](Data(bytes).base64EncodedData())
    }

    /// What text stands for. White space is left out; anything else that is no base64, or padding that is missing, is a fault.
    static func decoded(_ text: [UInt8]) throws -> [UInt8] {
        var digits = text.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if digits.starts(with: Array("data:".utf8)) {
            guard let comma = digits.firstIndex(of: UInt8(ascii: ",")),
                digits[..<comma].reversed().starts(with: Array(";base64".utf8.reversed()))
            else { throw Fault(.someFailed, "it is a data URI, but not of base64.") }
            digits.removeSubrange(...comma)
        }
        guard let data = Data(base64Encoded: Data(digits)) else {
            throw Fault(.someFailed, "it is no base64: another character stands in it, or its end is missing. Nothing was written.")
        }
        return [UInt8](data)
    }
}
