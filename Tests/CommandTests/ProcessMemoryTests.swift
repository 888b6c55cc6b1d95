import Testing

@testable import galleria_deploy

@Suite struct ProcessMemoryTests {
    /// Only code that nothing has written to may be let go: what the loader or the program wrote would be lost.
    @Test(
        arguments: [
            (
                "7f0000001000-7f0000003000 r-xp 00001000 fe:00 123    /usr/lib/x86_64-linux-gnu/libc.so.6\n",
                0x7f00_0000_1000..<0x7f00_0000_3000
            ),
            ("7f0000001000-7f0000003000 r-xp 00001000 fe:00 123    /with a space/program\n", 0x7f00_0000_1000..<0x7f00_0000_3000),
            ("7f0000001000-7f0000003000 r--p 00001000 fe:00 123    /usr/lib/libc.so.6\n", nil),
            ("7f0000001000-7f0000003000 rw-p 00001000 fe:00 123    /usr/lib/libc.so.6\n", nil),
            ("7f0000001000-7f0000003000 r-xp 00000000 00:00 0      [vdso]\n", nil),
            ("7f0000001000-7f0000003000 r-xp 00000000 00:00 0\n", nil),
            ("7f0000003000-7f0000001000 r-xp 00001000 fe:00 123    /usr/lib/libc.so.6\n", nil), ("", nil), ("x-y r-xp 0 0 0 /lib\n", nil),
        ] as [(String, Range<UInt>?)])
    func findsCode(_ line: String, _ range: Range<UInt>?) { #expect(ProcessMemory.codeOfFile(line) == range) }

    /// It is taken from under this very process, which goes on.
    @Test func codeComesBack() {
        ProcessMemory.releaseStartUpCode()
        #expect((0..<1000).map { $0 * 2 }.reduce(0, +) == 999_000)
    }
}
