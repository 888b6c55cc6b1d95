/// How often entity tags that look like an MD5 turned out to be that of the content, or not: stores with random tags are known by it.
struct ETagExperience {
    /// So many in a row, and none that was: no bucket with a few encrypted objects among plain ones looks so for long.
    static let enough = 16

    private var others = 0
    private var isSettled = false

    /// Notes one; answers true once, when tags are not to be taken for digests any more.
    mutating func note(isMD5: Bool) -> Bool {
        if isSettled { return false }
        if isMD5 {
            isSettled = true
            return false
        }
        others += 1
        isSettled = others == Self.enough
        return isSettled
    }
}
