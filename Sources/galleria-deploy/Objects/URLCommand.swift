internal import ArgumentParser
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy url WORD…`: a key's addresses, or the key behind an address.
struct URLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "url", abstract: "Print the web address of a key, or the key of a web address.",
        usage: "galleria-deploy url [<options>] WORD ...",
        discussion: """
            Of a key, the address that visitors use: below cdn-url or public-url, else the store's own. Of a web address, s3://BUCKET/KEY: below cdn-url \
            or public-url, at the store of the target or of any known provider, with the bucket in the host or in the path. A query is left aside. \
            Nothing is sent.
            """)

    @Argument(help: ArgumentHelp("Keys below the target, s3://BUCKET/KEY, or web addresses.", valueName: "word"))
    var words: [String]

    @Flag(help: "Print every form of the address.")
    var all = false

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl.", valueName: "format"))
    var format: RowFormat = .text

    @OptionGroup var objects: ObjectArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let words = try words.map { try ObjectWord($0) }
            return try await BucketSession.run(objects, on: words, console) { session in
                var printer = RowPrinter(console, format, schema: "galleria-deploy/url/1", name: "addresses")
                for word in words {
                    let key = try session.key(of: word)
                    let endpoint = session.place.endpoint.value
                    let bucket = session.address.bucket
                    let forms = [
                        ("uri", "\(ObjectAddress(bucket: bucket, key: key))"), ("url", session.url(of: key)),
                        ("path_style", endpoint.url(bucket: bucket, key: key, style: .path)),
                        ("virtual_host_style", endpoint.url(bucket: bucket, key: key, style: .virtualHost)),
                    ]
                    var row = JSONRow()
                    row.add("bucket", bucket)
                    row.add("key", key)
                    row.add("endpoint", endpoint.description)
                    row.add("uri", forms[0].1)
                    row.add("url", forms[1].1)
                    row.add("path_style", forms[2].1)
                    row.add("virtual_host_style", forms[3].1)
                    printer.print(row) {
                        if all {
                            return forms.compactMap { form in
                                form.1.map {
                                    form.0.replacing("_", with: " ") + String(repeating: " ", count: 20 - form.0.count)
                                        + $0.escapedForTerminal
                                }
                            }
                        }
                        if case .url = word { return [(forms[0].1 ?? "").escapedForTerminal] }
                        // R2 and access points answer nobody without a signature.
                        return [(forms[1].1 ?? forms[2].1 ?? "").escapedForTerminal]
                    }
                }
                printer.end()
                return .done
            }
        }
    }
}
