public import Bucket
public import Planning
public import Vocabulary

/// What happens during a deploy, in the order in which it happens. Rendering is the observer's business.
public enum DeployEvent: Sendable {
    /// The bucket did not exist and was created.
    case bucketCreated(String)
    /// A dry run found that the bucket does not exist, and that the deploy would create it.
    case bucketMissing(String)
    /// CORS was read: the bucket's rules, and those that it should have; the same where they suffice.
    case corsRead(current: [CORSRule], expected: [CORSRule])
    /// CORS was judged; the rules are those of the bucket.
    case corsSufficient([CORSRule])
    /// CORS rules are to be set like this; what was before stands in the plan and can be put back.
    case corsPlanned(CORSPlan)
    /// CORS rules were set and read back.
    case corsSet([CORSRule])
    /// A browser's requests to this address are answered as the gallery needs.
    case corsProbed(url: String)
    /// Another run works on the destination and is waited for.
    case waiting(LockHolder)
    /// Something is not as it should be and the deploy goes on.
    case warning(String)
    /// An entry of the source is left out; a folder stands for all below it. The rule or option that says so, where one does.
    case leftOut(path: String, Exclusion, rule: String?)
    /// So many files were walked and objects listed so far.
    case surveyed(files: Int, objects: Int)
    /// The plan is made and no guard refused it.
    case planned(Plan)
    /// The same, with every content's hash, to be saved.
    case planToSave(SavedPlan)
    /// What a dry run found of the photos.
    case photosSurveyed(PhotoTally)
    /// A file is being sent; `size` is the number of bytes to go, as far as known.
    case started(Key, size: Int64)
    /// Body bytes went out; negative where they are sent again.
    case sent(Int64)
    /// A file or key is done.
    case finished(Outcome)
    /// A picture was made of a photo; whether it is sent is another thing.
    case rendered(Key, of: Key)
    /// A photo was read and rewritten, or not.
    case photo(PhotoNote)
}

/// Is told what happens, on any thread; must not block for long.
public protocol DeployObserver: AnyObject, Sendable {
    /// Takes note of one event.
    func note(_ event: DeployEvent)
}
