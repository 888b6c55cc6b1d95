internal import Configuration
internal import Deploy
internal import Foundation
internal import Glibc
internal import State

/// Where a deploy's local lock lies, and how it locks.
enum LockPlace {
    /// The options for the driver: the folder of the local states, or, without a home or where that cannot be written to, one for temporary files.
    static func options(_ settings: TargetSettings, environment: [String: String]) -> LockOptions {
        var folders: [LockFolder] = []
        if let folder = try? StateLocation.folder(environment: environment) { folders.append(LockFolder(path: folder, isShared: false)) }
        folders.append(LockFolder(path: "/tmp/galleria-deploy-\(geteuid())", isShared: true))
        return LockOptions(
            folders: folders, wait: settings.waitLock, isRemote: settings.locksRemotely,
            holder: .own(started: Int64(Date.now.timeIntervalSince1970)), token: UUID().uuidString.lowercased())
    }
}
