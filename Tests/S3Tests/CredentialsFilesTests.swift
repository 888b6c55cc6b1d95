import Glibc
import S3
import Testing

@Suite struct CredentialsFilesTests {
    @Test func readsTheDiskWithItsPermissionBits() throws {
        var template = Array("/tmp/galleria-settings-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        let folder = try #require(made)
        defer { rmdir(folder) }
        let path = folder + "/keys"
        let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
        #expect(write(descriptor, "abc", 3) == 3)
        #expect(fchmod(descriptor, 0o640) == 0)
        close(descriptor)
        defer { unlink(path) }

        #expect(SettingsFiles.disk.read(path) == .file(Array("abc".utf8), mode: 0o640))
        #expect(SettingsFiles.disk.read(folder + "/none") == .missing)
        #expect(SettingsFiles.disk.read(path + "/below") == .missing)
        #expect(SettingsFiles.disk.read(folder) == .unreadable("Is a directory"))
        #expect(SettingsFiles.disk.read("/dev/null") == .file([], mode: 0o666))
        #expect(SettingsFiles.disk.read("/dev/zero") == .unreadable("it is larger than 4 MiB"))
    }
}
