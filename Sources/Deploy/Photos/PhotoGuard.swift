internal import Photo
internal import Vocabulary

/// Why a plan would put wrong capture times before the public.
public enum PhotoAlarm: Error, Sendable, Hashable {
    /// The source's bytes are those that were deployed with a correction (a pulled copy): another shift would be one too many.
    case alreadyCorrected
    /// The object was deployed with a correction and would be replaced by a photo with none.
    case correctionDropped
}

/// The recipe by which a photo was corrected stands in its object's metadata, so that a later run notices what it is about to undo or repeat.
/// It is a digest: metadata is public, and the shift would give away what the camera's clock said.
struct PhotoGuard: Sendable {
    /// The metadata's name, without `x-amz-meta-`.
    static let recipeName = "galleria-recipe"
    /// The header that carries it.
    static let recipeHeader = "x-amz-meta-" + recipeName

    /// The digest of the rules in force, as it is written: 32 hexadecimal digits.
    let recipe: String
    /// True where the user said that photos are to be deployed without a shift.
    let allowsDropping: Bool

    /// Judges a photo that is to replace an object which was deployed with a correction.
    func alarm(isRewritten: Bool, sourceIsObject: Bool) -> PhotoAlarm? {
        if !isRewritten { return allowsDropping ? nil : .correctionDropped }
        return sourceIsObject ? .alreadyCorrected : nil
    }

    /// Only what adds up can be done once too often: a shift or a conversion. A label or an absolute time is the same the second time.
    func shifts(_ photo: PhotoRewrite, _ rules: CaptureRules) -> Bool {
        guard !photo.usedTable, let index = photo.rule, rules.rules.indices.contains(index) else { return false }
        let correction = rules.rules[index].correction
        return correction.clockShift != .zero || correction.isConversion
    }
}
