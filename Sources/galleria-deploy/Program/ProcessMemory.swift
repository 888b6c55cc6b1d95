internal import CMalloc
internal import Glibc

/// What this process holds of memory beside what it works with.
enum ProcessMemory {
    /// Has threads share two of malloc's arenas. By default each thread gets one of its own (mallopt(3), M_ARENA_MAX), and each keeps what its
    /// thread once needed: 4 MB more for 20,000 files, and no CPU time less.
    static func shareArenas() { mallopt(M_ARENA_MAX, 2) }

    /// Has what was freed stay with the process up to 64 MiB, where else what one picture needed would go back to the system only to be asked for again by
    /// the next (mallopt(3), M_TRIM_THRESHOLD): a third of all page faults. Blocks of less than 32 MiB are not mapped one by one.
    static func keepFreedMemory() {
        mallopt(M_MMAP_THRESHOLD, 32 << 20)
        mallopt(M_TRIM_THRESHOLD, 64 << 20)
    }

    /// Lets go of the code that was only needed to start: arguments, settings, credentials. Its pages are clean copies of files; those that are needed
    /// again come back from the page cache (madvise(2), MADV_DONTNEED).
    static func releaseStartUpCode() {
        guard let maps = fopen("/proc/self/maps", "re") else { return }
        defer { fclose(maps) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while getline(&line, &capacity, maps) > 0 {
            // Few of the lines are of code; to take all apart would cost a tenth of the start.
            guard let line, strstr(line, " r-xp ") != nil, let range = codeOfFile(String(cString: line)) else { continue }
            madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
        }
    }

    /// The addresses of a line of /proc/self/maps (proc(5)) that describes a file's code; nil for any other. Data that the loader has written to, also where
    /// it was protected since, is not in such a mapping.
    static func codeOfFile(_ line: String) -> Range<UInt>? {
        let fields = line.split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard fields.count >= 6, fields[1] == "r-xp", fields[5].hasPrefix("/") else { return nil }
        let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard bounds.count == 2, bounds[0] < bounds[1] else { return nil }
        return bounds[0]..<bounds[1]
    }
}
