/// One marker segment of a JPEG's head (ITU-T T.81 §B.1.1.4), by its positions in the file.
struct Segment: Sendable {
    /// What a segment is to this program; all that it does not need is passed over unseen.
    enum Kind: Sendable {
        /// APP1 `Exif\0` (Exif 2.32 §4.7.2); the sixth byte varies between writers.
        case exif
        /// APP1 `Exif\0\0` right behind another, that continues its TIFF block instead of starting one.
        case exifContinuation
        /// APP1 with an XMP packet (XMP specification part 3, §1.1.3).
        case xmp
        /// APP1 with a part of an extended XMP packet.
        case extendedXMP
        /// APP2 with the multi-picture index (CIPA DC-007 §5.2.1).
        case mpf
        /// APP13 with Photoshop's image resources, IPTC among them.
        case photoshop
        /// APP11 with a JUMBF box (ISO/IEC 19566-5), the carrier of C2PA claims.
        case jumbf
        /// APP0 `JFIF` or `JFXX`; kept only where all are.
        case jfif
        /// Any other APPn or COM segment but ICC profiles and MPF; kept only where all are.
        case other
    }

    let kind: Kind
    /// Position of the byte FF of the marker, behind any fill bytes.
    let marker: Int64
    /// Positions of the payload: behind the length field, to the end of the segment.
    let payload: Range<Int64>
}
