internal import Vocabulary

extension CaptureTimeRows {
    /// Adds the rows of a JSON text in one of the forms of `CaptureTimesFile`.
    mutating func addJSON(_ bytes: [UInt8]) throws(CaptureTimesError.Fault) {
        var lines = LineCounter(bytes)
        let root: JSONText.Node
        do throws(JSONText.Failure) { root = try JSONText.parse(bytes) } catch {
            throw .init(position: lines.position(of: error.offset), row: nil, reason: .syntax(error.problem))
        }
        switch root.content {
        case .array(let items):
            for (index, item) in items.enumerated() { addRow(item, path: nil, row: index + 1, at: lines.position(of: item.offset)) }
        case .object(let members):
            if let photos = members.first(where: { $0.name == "photos" }), case .array(let items) = photos.value.content {
                for (index, item) in items.enumerated() { addPhoto(item, row: index + 1, at: lines.position(of: item.offset)) }
                return
            }
            for (index, member) in members.enumerated() {
                addRow(member.value, path: member.name, row: index + 1, at: lines.position(of: member.offset))
            }
        default: throw .init(position: nil, row: nil, reason: .form("neither a list nor an object"))
        }
    }

    /// An item of a list (`path` nil), or what an object says of a path: a time, or an object with it.
    private mutating func addRow(_ node: JSONText.Node, path: String?, row: Int, at position: Position) {
        func note(_ reason: CaptureTimesError.Reason) { faults.append(.init(position: position, row: row, reason: reason)) }
        switch node.content {
        case .string(let time):
            guard let path else { return note(.form("a text where a row belongs")) }
            add(path: path, time: time, offset: "", row: row, at: position)
        case .object(let members):
            var texts: [Column: (name: String, text: String)] = [:]
            for member in members where !member.value.isNull {
                guard let column = Column(member.name) else { continue }
                guard case .string(let text) = member.value.content else {
                    return note(.form("“\(member.name)” is no text in quotation marks"))
                }
                if let first = texts.updateValue((member.name, text), forKey: column) { return note(.columnTwice(first.name, member.name)) }
            }
            guard let path = path ?? texts[.path]?.text else { return note(.noColumn(Column.path.rawValue, found: members.map(\.name))) }
            guard let time = texts[.time]?.text else { return note(.noTime(path)) }
            add(path: path, time: time, offset: texts[.offset]?.text ?? "", row: row, at: position)
        default: note(.form("neither a text nor an object where a row belongs"))
        }
    }

    /// A photo of the replaced program's `gallery-metadata.json`. A photo whose time was never corrected (null, or no `exif`) has no row.
    private mutating func addPhoto(_ node: JSONText.Node, row: Int, at position: Position) {
        func note(_ reason: CaptureTimesError.Reason) { faults.append(.init(position: position, row: row, reason: reason)) }
        guard let path = node["original_path"]?.text else {
            return note(.noColumn("original_path", found: node.names))
        }
        guard let exif = node["exif"], let time = exif["corrected_timestamp"], !time.isNull else { return }
        guard let text = time.text else { return note(.form("“corrected_timestamp” is no text in quotation marks")) }
        add(path: path, time: text, offset: exif["timezone_corrected"]?.text ?? "", row: row, at: position)
    }
}

extension JSONText.Node {
    fileprivate var names: [String] {
        if case .object(let members) = content { members.map(\.name) } else { [] }
    }
}
