internal import ArgumentParser
internal import Foundation
internal import HTTP
internal import S3
internal import State
internal import Vocabulary

/// `galleria-deploy presign KEY…`: addresses by which anyone may read or write an object for a while.
struct PresignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presign", abstract: "Sign addresses by which anyone may read (or write) an object for a while.",
        usage: "galleria-deploy presign [<options>] KEY ...",
        discussion: """
            Whoever has such an address may use it until it expires: treat it as a secret. It is valid for at most seven days, and for no longer than the \
            credentials that signed it. Nothing is sent to the store, so an object that is not there is signed for, too.

            With --stable the address is kept in the local state, in a file that only its owner can read; put, rm, mv and deploy let go of the addresses \
            of what they change.
            """)

    @Argument(help: ArgumentHelp("Keys below the target, s3://BUCKET/KEY, or web addresses.", valueName: "key"))
    var words: [String]

    @Option(help: ArgumentHelp("What the address is for: GET (the default), HEAD or PUT.", valueName: "method"))
    var method: SignedMethod = .get

    @OptionGroup var signing: SigningArguments

    @Flag(help: "Let go of the kept addresses of these objects; nothing is signed. What was given away stays valid until it expires.")
    var forget = false

    @Option(help: ArgumentHelp("Have a GET answered with this Content-Type.", valueName: "type"))
    var responseType: String?

    @Option(
        help: ArgumentHelp(
            "Have a GET answered with this Content-Disposition, such as 'attachment; filename=\"a.jpg\"'.", valueName: "value"))
    var responseDisposition: String?

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl.", valueName: "format"))
    var format: RowFormat = .text

    @OptionGroup var objects: ObjectArguments

    func validate() throws {
        if method != .get, responseType != nil || responseDisposition != nil {
            throw ValidationError("--response-type and --response-disposition say how a GET is answered.")
        }
        if forget, signing.isUsed || method != .get { throw ValidationError("--forget signs nothing; leave the other options out.") }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let words = try words.map { try ObjectWord($0) }
            return try await BucketSession.run(objects, on: words, console) { session in
                let keys = try words.map { try session.key(of: $0) }
                if forget {
                    let kept = try PresignedPlace(session).open()
                    do throws(StateError) { try kept.forget(keys) } catch { throw Fault(.configuration, error.description) }
                    return .done
                }
                var overrides: [(name: String, value: String)] = []
                if let responseDisposition { overrides.append(("response-content-disposition", responseDisposition)) }
                if let responseType { overrides.append(("response-content-type", responseType)) }
                let presigner = try await Presigner(session, signing, method: method.method, overrides: overrides)
                var printer = RowPrinter(console, format, schema: "galleria-deploy/presign/1", name: "addresses")
                for key in keys {
                    let signed = try presigner.url(of: key)
                    var row = JSONRow()
                    row.add("key", key)
                    row.add("filename", String(decoding: key.lastComponent, as: UTF8.self))
                    row.add("method", method.method.rawValue)
                    row.add("url", signed.url)
                    row.add("expires_at", UTCText.text(signed.expires * 1_000_000_000))
                    printer.print(row) { [signed.url] }
                }
                printer.end()
                return .done
            }
        }
    }
}

/// What an address can be signed for.
enum SignedMethod: ExpressibleByArgument {
    case get
    case head
    case put

    init?(argument: String) {
        switch argument.uppercased() {
        case "GET": self = .get
        case "HEAD": self = .head
        case "PUT": self = .put
        default: return nil
        }
    }

    var method: HTTPMethod {
        switch self {
        case .get: .get
        case .head: .head
        case .put: .put
        }
    }
}
