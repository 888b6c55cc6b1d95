/// The part sizes by which the tag of an object that was uploaded in parts may be computed again.
public enum PartSizes {
    /// What programs use unless they are told otherwise, in MiB, the most common first: 8 (aws, boto3, s3fs), 5 (rclone, SDKs), 16 (this program,
    /// MinIO's client), 15 (s3cmd), 64, 50 (s5cmd), 10, 32, 25, 20, 100, 128, and what they double to for large files.
    static let usual: [Int64] = [8, 5, 16, 15, 64, 50, 10, 32, 25, 20, 100, 128, 256, 512, 1024]

    /// The most sizes that are tried: each costs an MD5 of the content.
    static let limit = 4

    /// The part sizes in bytes by which `size` bytes have so many parts, at most four; empty where only an unusual size fits.
    public static func candidates(size: Int64, parts: Int) -> [Int64] {
        guard parts > 0, size >= 0 else { return [] }
        let count = Int64(parts)
        var found: [Int64] = []
        func consider(_ partSize: Int64) {
            guard partSize > 0, found.count < limit, !found.contains(partSize), max(1, (size - 1) / partSize + 1) == count else { return }
            found.append(partSize)
        }
        // One part holds everything, whatever its size was to be.
        if count == 1 { return [max(size, 1)] }
        for size in usual { consider(size << 20) }
        // Programs that raise the size for large files take a whole number of MiB that just suffices.
        consider((((size - 1) / count) / (1 << 20) + 1) * (1 << 20))
        return found
    }
}
