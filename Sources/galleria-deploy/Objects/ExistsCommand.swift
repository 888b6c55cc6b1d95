internal import ArgumentParser
internal import Deploy
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy exists KEY…`: is there such an object?
struct ExistsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exists", abstract: "Say by the exit status whether objects exist: 0 if all do, 1 if not.",
        usage: "galleria-deploy exists [<options>] KEY ...")

    @Argument(help: ArgumentHelp("Keys below the target, s3://BUCKET/KEY, or web addresses.", valueName: "key"))
    var words: [String]

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @OptionGroup var objects: ObjectArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let words = try words.map { try ObjectWord($0) }
            return try await BucketSession.run(objects, on: words, console) { session in
                let keys = try words.map { try session.key(of: $0) }
                let store = session.store
                let found = await inOrder(keys, atOnce: store.requestLimit) { key -> Result<Bool, S3Error> in
                    do throws(S3Error) {
                        _ = try await store.head(key)
                        return .success(true)
                    } catch { return error.isNotFound ? .success(false) : .failure(error) }
                }
                var all = true
                for (key, result) in zip(keys, found) {
                    let exists: Bool
                    do throws(S3Error) { exists = try result.get() } catch { throw Fault(error) }
                    all = all && exists
                    switch format {
                    case .text: console.print("\(exists ? "exists " : "missing") \(session.name(of: key))")
                    case .json:
                        var row = JSONRow()
                        row.add("exists", exists)
                        row.add("key", key)
                        console.write(row.finished + [UInt8(ascii: "\n")])
                    }
                }
                return all ? .done : .someFailed
            }
        }
    }
}
