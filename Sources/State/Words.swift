internal import Vocabulary

/// A value that many rows share.
struct Word: Sendable {
    let bytes: [UInt8]
    /// The value as a digest, where it is one.
    let sha256: SHA256?
    /// What stands for the value in the seal of a row that names it.
    let sum: UInt64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        sha256 = SHA256(bytes: bytes)
        var seal = Seal()
        bytes.withUnsafeBytes { seal.add($0) }
        sum = seal.sum
    }
}

/// The words of one database by number, read when first asked for. Belongs to one connection.
struct Words {
    /// A word as a row names it.
    struct Shared {
        let number: Int64
        let sum: UInt64
    }

    private let select: Statement
    private let find: Statement
    private let insert: Statement
    private var words: [Int64: Word?] = [:]
    private var digests: [SHA256: Shared] = [:]
    private var texts: [[UInt8]: Shared] = [:]
    private var last: (number: Int64, word: Word?) = (.min, nil)

    init(on connection: Connection) throws(SQLiteFault) {
        select = try Statement("SELECT value FROM words WHERE id = ?1", on: connection)
        find = try Statement("SELECT id, value FROM words WHERE value = ?1", on: connection)
        insert = try Statement("INSERT INTO words(value) VALUES(?1) RETURNING id", on: connection)
    }

    /// The word of a number; nil where there is none.
    mutating func word(_ number: Int64) throws(SQLiteFault) -> Word? {
        // Neighbours name the same word nearly always.
        if number == last.number { return last.word }
        let word: Word?
        if let known = words[number] {
            word = known
        } else {
            select.bind(1, number)
            defer { select.reset() }
            word = try select.step() ? Word([UInt8](select.blob(0))) : nil
            words[number] = .some(word)
        }
        last = (number, word)
        return word
    }

    /// A word's number, given to it where it has none, and its sum. Within a writing transaction.
    mutating func shared(_ digest: SHA256) throws(SQLiteFault) -> Shared {
        if let known = digests[digest] { return known }
        let shared = try shared(Word(digest.bytes))
        digests[digest] = shared
        return shared
    }

    /// The same of a text.
    mutating func shared(_ text: String) throws(SQLiteFault) -> Shared {
        let bytes = [UInt8](text.utf8)
        if let known = texts[bytes] { return known }
        let shared = try shared(Word(bytes))
        texts[bytes] = shared
        return shared
    }

    private func shared(_ word: Word) throws(SQLiteFault) -> Shared {
        let number = if let existing = try existing(word) { existing } else { try added(word) }
        return Shared(number: number, sum: word.sum)
    }

    private func existing(_ word: Word) throws(SQLiteFault) -> Int64? {
        find.bind(1, blob: word.bytes)
        defer { find.reset() }
        guard try find.step() else { return nil }
        guard find.blob(1).elementsEqual(word.bytes) else { throw .damaged("an index of words leads astray") }
        return find.integer(0)
    }

    private func added(_ word: Word) throws(SQLiteFault) -> Int64 {
        insert.bind(1, blob: word.bytes)
        defer { insert.reset() }
        guard try insert.step() else { throw .damaged("a word was not added") }
        let number = insert.integer(0)
        // To its end, so that the statement takes effect.
        while try insert.step() {}
        return number
    }
}
