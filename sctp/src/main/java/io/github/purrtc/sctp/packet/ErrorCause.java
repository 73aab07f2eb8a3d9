package io.github.purrtc.sctp.packet;

/** An error cause, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10">RFC 9260 §3.3.10</a>; its type is the Cause Code. The set is closed: unknown codes are part of it. */
public sealed interface ErrorCause extends TypeLengthValue
        permits InvalidStreamIdentifierCause,
                MissingMandatoryParameterCause,
                StaleCookieCause,
                OutOfResourceCause,
                UnresolvableAddressCause,
                UnrecognizedChunkTypeCause,
                InvalidMandatoryParameterCause,
                UnrecognizedParametersCause,
                NoUserDataCause,
                CookieReceivedWhileShuttingDownCause,
                RestartWithNewAddressesCause,
                UserInitiatedAbortCause,
                ProtocolViolationCause,
                UnknownCause {

    /** Decodes what follows the header of the cause. */
    static ErrorCause decode(int type, WireReader value) throws MalformedPacketException {
        return switch (type) {
            case InvalidStreamIdentifierCause.CODE -> InvalidStreamIdentifierCause.decode(value);
            case MissingMandatoryParameterCause.CODE -> MissingMandatoryParameterCause.decode(value);
            case StaleCookieCause.CODE -> StaleCookieCause.decode(value);
            case OutOfResourceCause.CODE -> OutOfResourceCause.decode(value);
            case UnresolvableAddressCause.CODE -> UnresolvableAddressCause.decode(value);
            case UnrecognizedChunkTypeCause.CODE -> UnrecognizedChunkTypeCause.decode(value);
            case InvalidMandatoryParameterCause.CODE -> InvalidMandatoryParameterCause.decode(value);
            case UnrecognizedParametersCause.CODE -> UnrecognizedParametersCause.decode(value);
            case NoUserDataCause.CODE -> NoUserDataCause.decode(value);
            case CookieReceivedWhileShuttingDownCause.CODE -> CookieReceivedWhileShuttingDownCause.decode(value);
            case RestartWithNewAddressesCause.CODE -> RestartWithNewAddressesCause.decode(value);
            case UserInitiatedAbortCause.CODE -> UserInitiatedAbortCause.decode(value);
            case ProtocolViolationCause.CODE -> ProtocolViolationCause.decode(value);
            default -> UnknownCause.decode(type, value);
        };
    }
}
