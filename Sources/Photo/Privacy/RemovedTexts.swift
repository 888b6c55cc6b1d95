/// The texts that were removed, so that copies of them elsewhere are found: a name in a copyright notice, a serial number in a comment.
struct RemovedTexts {
    private(set) var texts: Set<[UInt8]> = []
    /// Texts that must survive although a removed one may be part of them: the camera's make and model.
    let kept: [[UInt8]]

    /// Shorter texts are removed where they are named, but not looked for elsewhere: they would be found in other words.
    private static let shortest = 5

    init(keeping kept: [String?]) { self.kept = kept.compactMap { $0.map { Array($0.utf8) } } }

    /// Notes a removed value: UTF-8 text, maybe with NULs and blanks around it.
    mutating func add(_ value: some Collection<UInt8>) {
        var text = Array(value.prefix { $0 != 0 })
        while let last = text.last, last <= 32 { text.removeLast() }
        while let first = text.first, first <= 32 { text.removeFirst() }
        guard text.count >= Self.shortest, Set(text).count > 2, !kept.contains(where: { Self.find(text, in: $0[...]) != nil }) else {
            return
        }
        if text.allSatisfy({ 48...57 ~= $0 }), text.count < 6 { return }
        texts.insert(text)
    }

    /// Where the texts stand in `bytes` as words of their own, in UTF-8 and in UTF-16 of either order.
    func occurrences(in bytes: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for text in texts {
            for form in [text, text.flatMap { [$0, 0] }, text.flatMap { [0, $0] }] {
                var from = bytes[...]
                while let at = Self.find(form, in: from) {
                    let range = at..<at + form.count
                    if form.count > text.count || Self.isWord(range, in: bytes) { result.append(range) }
                    from = bytes[(at + 1)...]
                }
            }
        }
        return result
    }

    /// False where the text is a part of a longer word or number.
    private static func isWord(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        func kind(_ i: Int) -> Int {
            guard bytes.indices.contains(i) else { return 0 }
            return switch bytes[i] {
            case 48...57: 1
            case 65...90, 97...122: 2
            default: 0
            }
        }
        func isEdge(_ outer: Int, _ inner: Int) -> Bool { kind(outer) == 0 || kind(outer) != kind(inner) }
        return isEdge(range.lowerBound - 1, range.lowerBound) && isEdge(range.upperBound, range.upperBound - 1)
    }

    private static func find(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
        return bytes.withUnsafeBufferPointer { buffer -> Int? in
            wanted.withUnsafeBufferPointer { pattern -> Int? in
                var i = 0
                while i <= buffer.count - pattern.count {
                    if buffer[i] == first {
                        var k = 1
                        while k < pattern.count, buffer[i + k] == pattern[k] { k += 1 }
                        if k == pattern.count { return bytes.startIndex + i }
                    }
                    i += 1
                }
                return nil
            }
        }
    }
}
