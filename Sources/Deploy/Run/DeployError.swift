public import Bucket
public import Photo
public import Planning
public import S3
public import Vocabulary

/// Why a deploy ended before it changed anything it should not have. Per-file failures are outcomes, not this.
public enum DeployError: Error, Sendable {
    /// The bucket did not answer, or refused.
    case store(S3Error)
    /// The bucket's CORS rules were read and do not let browsers read the gallery.
    case corsInsufficient(CORSVerdict)
    /// The bucket's CORS rules could not be read or set (why), and a browser's requests are not answered as the gallery needs.
    case corsUnproven(String, url: String, CORSProbeResult)
    /// Rules that would let browsers read the gallery cannot be made.
    case cors(CORSPlanError)
    /// Rules, by index counted from 0, that match no photo; with the photos there are.
    case rulesUnmatched([Int: CaptureRule], PhotoTally)
    /// Photos of these paths would be deployed with wrong capture times.
    case photosRefused(PhotoAlarm, [Key])
    /// It cannot be known what is to be left out.
    case filter(FilterFault)
    /// A guard refused the plan.
    case refused(PlanRefusal)
    /// The source or the bucket is not what a saved plan was made for; how, a line each.
    case planOutdated([String])
    /// What lies in the trash could be read by anybody, at this address.
    case publicTrash(String)
    /// There is nothing to go back to: the bucket keeps no versions, and no trash was kept.
    case nothingKept
    /// Another run works on the destination.
    case locked(LockHolder, isRemote: Bool)
    /// The store does not do conditional writes, so no lock can be kept in it; why.
    case noRemoteLock(String)
    /// The remote lock passed to someone else while the run was under way; it was stopped.
    case lockLost
}
