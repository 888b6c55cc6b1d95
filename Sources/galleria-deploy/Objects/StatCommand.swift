internal import ArgumentParser
internal import Deploy
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy stat KEY…`: what the store tells of objects without their content.
struct StatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stat", abstract: "Show an object's size, tag, hash, headers, metadata and address.",
        usage: "galleria-deploy stat [<options>] KEY ...",
        discussion: "An object that is not there is said so, and the exit status is 1.")

    @Argument(help: ArgumentHelp("Keys below the target, s3://BUCKET/KEY, or web addresses.", valueName: "key"))
    var words: [String]

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl.", valueName: "format"))
    var format: RowFormat = .text

    @OptionGroup var objects: ObjectArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let words = try words.map { try ObjectWord($0) }
            return try await BucketSession.run(objects, on: words, console) { session in
                let keys = try words.map { try session.key(of: $0) }
                let store = session.store
                let heads = await inOrder(keys, atOnce: store.requestLimit) { key -> Result<ObjectHead, S3Error> in
                    do throws(S3Error) { return .success(try await store.head(key)) } catch { return .failure(error) }
                }
                var faults = ObjectFaults(console)
                var printer = RowPrinter(console, format, schema: "galleria-deploy/stat/1")
                for (key, result) in zip(keys, heads) {
                    do throws(S3Error) {
                        let details = ObjectDetails(key: key, head: try result.get())
                        printer.print(row(details, session)) { Self.lines(details, session) }
                    } catch { try faults.note(error, on: session.name(of: key)) }
                }
                printer.end()
                return faults.status
            }
        }
    }

    private func row(_ details: ObjectDetails, _ session: BucketSession) -> JSONRow {
        var row = JSONRow()
        row.add("key", details.key)
        row.add("uri", "\(ObjectAddress(bucket: session.address.bucket, key: details.key))")
        row.add("size", details.head.size)
        row.add("etag", details.head.etag.value)
        row.add("last_modified", details.head.header("last-modified"))
        row.add("storage_class", details.head.header("x-amz-storage-class") ?? "STANDARD")
        row.add("url", session.url(of: details.key))
        details.fill(&row)
        return row
    }

    private static func lines(_ details: ObjectDetails, _ session: BucketSession) -> [String] {
        var lines = ["\(ObjectAddress(bucket: session.address.bucket, key: details.key))".escapedForTerminal]
        func add(_ name: String, _ value: String?) {
            if let value { lines.append("  " + name + String(repeating: " ", count: max(1, 22 - name.count)) + value.escapedForTerminal) }
        }
        add("size", "\(details.head.size)\(details.head.size < 1000 ? "" : " (\(Quantity.bytes(details.head.size)))")")
        add("last modified", details.head.header("last-modified"))
        add("etag", details.head.etag.value)
        add("sha256", details.head.sha256?.hex ?? "not recorded")
        for field in details.fields { add(field.name, field.value) }
        for (name, value) in details.metadata.sorted(by: { $0.key < $1.key }) { add("metadata " + name, value) }
        add("url", session.url(of: details.key))
        return lines
    }
}
