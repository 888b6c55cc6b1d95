internal import ArgumentParser
internal import Deploy
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy get KEY… [-o PATH]`: objects into files.
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Write objects to files, verified; what was cut short is gone on with.",
        usage: """
            galleria-deploy get [<options>] KEY ... [-o FILE | FOLDER | -]
            galleria-deploy get [<options>] --recursive PREFIX [-o FOLDER]
            """,
        discussion: """
            A file is written beside its place and renamed once its content is proved: by the SHA-256 in the object's metadata, else by its entity tag \
            where that is an MD5 or that of an upload in parts of a usual size; -v says by which. A file of other content is kept unless --overwrite is \
            given; one of the same content is not read again. What was cut short is gone on with if the object is still the same.

            With --recursive keys become paths below FOLDER, never outside of it, and no symbolic link is followed or replaced. Files get the time of \
            the metadata's mtime (rclone, s3fs), else the time at which the object was written. Bytes are taken as the store keeps them, also where \
            they are coded (Content-Encoding).
            """)

    @Argument(help: ArgumentHelp("Keys below the target, s3://BUCKET/KEY, or web addresses.", valueName: "key"))
    var words: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The file; a folder where it is one, ends in a slash, or there are several objects; - for standard output.",
            valueName: "path"))
    var output: String?

    @Flag(name: .shortAndLong, help: "Get everything whose key begins with the word.")
    var recursive = false

    @Flag(help: "Replace files of other content.")
    var overwrite = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only these bytes, with -o -: 0-499, 500- or -500 (the last 500).", valueName: "range"))
    var range: ByteRange?

    @Flag(help: "Write base64, with -o -.")
    var base64 = false

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl.", valueName: "format"))
    var format: RowFormat = .text

    @OptionGroup var objects: ObjectArguments

    func validate() throws {
        if recursive, words.count != 1 { throw ValidationError("--recursive takes one prefix.") }
        if output == "-", recursive || format != .text { throw ValidationError("-o - writes objects to standard output and nothing else.") }
        if output != "-", range != nil || base64 { throw ValidationError("--range and --base64 go with -o -.") }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            // A prefix may be a whole bucket.
            if recursive, let word = words.first { return try await getAll(below: word, console) }
            let words = try words.map { try ObjectWord($0) }
            return try await BucketSession.run(objects, on: words, console) { session in
                let keys = try words.map { try session.key(of: $0) }
                if output == "-" {
                    return try await CatCommand.write(keys, ObjectStream(session: session, range: range, isBase64: base64))
                }
                let (folder, files) = try places(keys)
                return try await GetRun(session: session, folder: folder, command: self).run(files)
            }
        }
    }

    /// The folder to write to, and what each object is called in it.
    private func places(_ keys: [Key]) throws -> (folder: String, files: [(key: Key, path: Key)]) {
        let path = output ?? "."
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if path.hasSuffix("/") || keys.count > 1 || output == nil || (exists && isFolder.boolValue) {
            let files = keys.map { (key: $0, path: Key(String(decoding: $0.lastComponent, as: UTF8.self))) }
            let names = Dictionary(grouping: files, by: \.path)
            if let twice = names.first(where: { $0.value.count > 1 }) {
                throw Fault(
                    .usage,
                    "several of the objects would be written to one file, \(twice.key.string.escapedForTerminal). Get them one by one.")
            }
            return (path, files)
        }
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        return (folder, keys.map { (key: $0, path: Key(name)) })
    }

    private func getAll(below word: String, _ console: Console) async throws -> ExitStatus {
        let word = try ObjectWord(word)
        return try await BucketSession.run(objects, on: [word], console) { session in
            let beginning =
                switch word {
                case .address(let address): address.key
                default: try session.key(of: word)
                }
            let folder = beginning.bytes.lastIndex(of: UInt8(ascii: "/")).map { Array(beginning.bytes[...$0]) } ?? []
            var listing = Listing(session.store, ListRequest(beginning: beginning.bytes))
            var files: [(key: Key, path: Key)] = []
            do throws(S3Error) {
                while let page = try await listing.next() {
                    for object in page where object.key.bytes.last != UInt8(ascii: "/") {
                        if let path = Key(validating: object.key.bytes.dropFirst(folder.count)) { files.append((object.key, path)) }
                    }
                }
            } catch { throw Fault(error) }
            guard !files.isEmpty else {
                throw Fault(
                    .someFailed,
                    "no key begins with \("\(ObjectAddress(bucket: session.address.bucket, key: beginning))".escapedForTerminal).")
            }
            return try await GetRun(session: session, folder: output ?? ".", command: self).run(files)
        }
    }
}
