package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Data channels by stream id, in pages that are made when used: a look-up for each message makes no object. */
final class ChannelTable {
    private static final int PAGE_BITS = 8;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;

    private final @Nullable DataChannel[][] pages = new DataChannel[StreamIds.MAX_STREAMS / PAGE_SIZE + 1][];

    @Nullable
    DataChannel get(int streamId) {
        @Nullable DataChannel[] page = pages[streamId >> PAGE_BITS];
        return page == null ? null : page[streamId & (PAGE_SIZE - 1)];
    }

    void put(int streamId, DataChannel channel) {
        @Nullable DataChannel[] page = pages[streamId >> PAGE_BITS];
        if (page == null) {
            page = new DataChannel[PAGE_SIZE];
            pages[streamId >> PAGE_BITS] = page;
        }
        page[streamId & (PAGE_SIZE - 1)] = channel;
    }

    void remove(int streamId) {
        @Nullable DataChannel[] page = pages[streamId >> PAGE_BITS];
        if (page != null) {
            page[streamId & (PAGE_SIZE - 1)] = null;
        }
    }

    List<DataChannel> all() {
        List<DataChannel> all = new ArrayList<>();
        for (@Nullable DataChannel[] page : pages) {
            if (page != null) {
                for (DataChannel channel : page) {
                    if (channel != null) {
                        all.add(channel);
                    }
                }
            }
        }
        return all;
    }
}
