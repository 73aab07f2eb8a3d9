package io.github.purrtc;

/** The standards' names of errors: WebIDL §4.4, webrtc-pc §11. */
public enum ErrorName {
    /** The operation was aborted. */
    ABORT_ERROR("AbortError"),

    /** The data is not of the required form. */
    DATA_ERROR("DataError"),

    /** The object does not support the operation or its argument. */
    INVALID_ACCESS_ERROR("InvalidAccessError"),

    /** The object cannot be changed in this way. */
    INVALID_MODIFICATION_ERROR("InvalidModificationError"),

    /** The object is in the wrong state. */
    INVALID_STATE_ERROR("InvalidStateError"),

    /** The network failed. */
    NETWORK_ERROR("NetworkError"),

    /** The operation is not supported. */
    NOT_SUPPORTED_ERROR("NotSupportedError"),

    /** The operation failed for a reason of its own. */
    OPERATION_ERROR("OperationError"),

    /** A text does not follow its grammar. */
    SYNTAX_ERROR("SyntaxError"),

    /** An argument is not of the expected kind or range. */
    TYPE_ERROR("TypeError");

    private final String value;

    ErrorName(String value) {
        this.value = value;
    }

    /** The W3C's name of the state. */
    @Override
    public String toString() {
        return value;
    }
}
