internal import Deploy
internal import HTTP
internal import S3
internal import Vocabulary

/// Lists and prints page by page: however many objects there are, one page is held.
struct ObjectListing {
    let command: ListCommand
    let session: BucketSession
    let request: ListRequest

    /// A line of the listing.
    private enum Entry {
        case folder(Key)
        case object(RemoteObject, storageClass: String?)

        var key: Key {
            switch self {
            case .folder(let key): key
            case .object(let object, _): object.key
            }
        }
    }

    func run() async throws -> ExitStatus {
        var faults = ObjectFaults(session.console)
        let presigner = command.presign ? try await Presigner(session, command.signing) : nil
        var pages = Listing(session.store, request)
        var page = try await next(&pages)
        let primary = command.presign ? try await primaryImage(page) : nil
        var printer = RowPrinter(session.console, command.format, schema: "galleria-deploy/ls/1", name: "entries") { row in
            row.add("bucket", session.address.bucket)
            row.add("prefix", String(decoding: request.prefix.bytes + request.stem, as: UTF8.self))
        }
        var (count, bytes): (Int64, Int64) = (0, 0)
        var lastFolder: Key?
        listing: while let current = page {
            var entries = entries(current)
            // Some servers tell a folder again on the next page.
            entries.removeAll { entry in if case .folder(let key) = entry { key == lastFolder } else { false } }
            for entry in entries { if case .folder(let key) = entry { lastFolder = key } }
            let heads = command.metadata ? try await heads(of: entries, &faults) : [:]
            for entry in entries {
                if let most = command.max, count >= most { break listing }
                switch entry {
                case .folder(let key):
                    var row = JSONRow()
                    row.add("kind", "folder")
                    row.add("key", key)
                    printer.print(row) { [command.long ? Self.columns("", "", "", session.name(of: key)) : session.name(of: key)] }
                case .object(let object, let storageClass):
                    let head = heads[object.key]
                    if command.metadata, head == nil { continue }
                    guard isMeant(object.key, head) else { continue }
                    let signed = try presigner?.url(of: object.key)
                    printer.print(row(object, storageClass, head, signed, isPrimary: object.key == primary)) {
                        lines(object, storageClass, head, signed, isPrimary: object.key == primary)
                    }
                    bytes += object.size
                }
                count += 1
            }
            page = try await next(&pages)
        }
        printer.end { row in
            row.add("count", count)
            row.add("size", bytes)
            if let primary { row.add("primary", primary) }
        }
        return faults.status
    }

    private func next(_ pages: inout Listing) async throws -> ListPage? {
        do throws(S3Error) { return try await pages.next() } catch { throw Fault(error) }
    }

    /// Objects and folders of a page in the order of their keys.
    private func entries(_ page: ListPage) -> [Entry] {
        var entries = page.indices.map { Entry.object(page[$0], storageClass: page.storageClass(of: $0)) }
        let folders = page.folders
        if !folders.isEmpty {
            entries += folders.map { .folder($0) }
            entries.sort { $0.key < $1.key }
        }
        return entries
    }

    private func isMeant(_ key: Key, _ head: ObjectHead?) -> Bool {
        command.type.isEmpty || command.type.contains { $0.includes(key, contentType: head?.header("content-type")) }
    }

    /// What the store tells of each object of a page. One that is gone meanwhile is left out.
    private func heads(of entries: [Entry], _ faults: inout ObjectFaults) async throws -> [Key: ObjectHead] {
        let keys = entries.compactMap { entry in if case .object(let object, _) = entry { object.key } else { nil } }
        let store = session.store
        let results = await inOrder(keys, atOnce: store.requestLimit) { key -> Result<ObjectHead, S3Error> in
            do throws(S3Error) { return .success(try await store.head(key)) } catch { return .failure(error) }
        }
        var heads: [Key: ObjectHead] = [:]
        for (key, result) in zip(keys, results) {
            do throws(S3Error) { heads[key] = try result.get() } catch {
                if !error.isNotFound { try faults.note(error, on: session.name(of: key)) }
            }
        }
        return heads
    }

    /// The picture that stands for the listing. One of several pages is read for it beforehand: the best name may come last.
    private func primaryImage(_ first: ListPage?) async throws -> Key? {
        var primary = PrimaryImage()
        guard let first else { return nil }
        for object in first where isMeant(object.key, nil) { primary.offer(object.key) }
        guard first.nextToken != nil else { return primary.key }
        var pages = Listing(session.store, request)
        _ = try await next(&pages)
        while let page = try await next(&pages) {
            for object in page where isMeant(object.key, nil) { primary.offer(object.key) }
        }
        return primary.key
    }

    private func row(
        _ object: RemoteObject, _ storageClass: String?, _ head: ObjectHead?, _ signed: PresignedURL?, isPrimary: Bool
    ) -> JSONRow {
        var row = JSONRow()
        row.add("kind", "object")
        row.add("key", object.key)
        row.add("size", object.size)
        row.add("last_modified", object.lastModified)
        row.add("etag", object.etag?.value)
        row.add("storage_class", storageClass)
        if let signed {
            row.add("url", signed.url)
            row.add("filename", String(decoding: object.key.lastComponent, as: UTF8.self))
            row.add("expires_at", UTCText.text(signed.expires * 1_000_000_000))
            row.add("is_primary", isPrimary)
        } else {
            row.add("url", session.url(of: object.key))
        }
        if let head { ObjectDetails(key: object.key, head: head).fill(&row) }
        return row
    }

    private func lines(
        _ object: RemoteObject, _ storageClass: String?, _ head: ObjectHead?, _ signed: PresignedURL?, isPrimary: Bool
    ) -> [String] {
        let name = session.name(of: object.key) + (isPrimary ? "  (primary)" : "")
        var lines = [
            command.long
                ? Self.columns("\(object.size)", object.lastModified.escapedForTerminal, (storageClass ?? "-").escapedForTerminal, name)
                : name
        ]
        if let signed { lines.append("    " + signed.url) }
        if let head {
            let details = ObjectDetails(key: object.key, head: head)
            for field in details.fields { lines.append("    \(field.name): \(field.value.escapedForTerminal)") }
            if let sha256 = head.sha256 { lines.append("    sha256: \(sha256)") }
            for (name, value) in details.metadata.sorted(by: { $0.key < $1.key }) {
                lines.append("    metadata \(name.escapedForTerminal): \(value.escapedForTerminal)")
            }
        }
        return lines
    }

    private static func columns(_ size: String, _ time: String, _ storageClass: String, _ name: String) -> String {
        func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
        return String(repeating: " ", count: max(0, 13 - size.count)) + size + "  " + padded(time, 24) + "  " + padded(storageClass, 12)
            + "  "
            + name
    }
}
