/* A webcam that is not there: /dev/video42, for programs started with LD_PRELOAD of this.

   It answers the calls of V4L2 that OpenCV makes, as the driver uvcvideo does for a webcam of
   640x480, 1280x720 and 1920x1080 in YUYV and (unless PRETEND_NO_MJPG is set) MJPG. Uncompressed
   pictures of the largest size come five times a second. What was set in it is printed on standard
   error. Its MJPG pictures are the files WIDTHxHEIGHT.jpg in the folder PRETEND_PICTURES, or
   WIDTHxHEIGHT-0.jpg, -1.jpg and so on, again and again. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFERS = 8, ROOM = 4 << 20 };

static struct v4l2_pix_format now = {640, 480, V4L2_PIX_FMT_YUYV};
static unsigned rate = 30, sequence, buffers, queued[BUFFERS];
static char *memory[BUFFERS];
static int files[BUFFERS], opened;
static struct { unsigned id; int value; } controls[] = {
    {V4L2_CID_EXPOSURE_AUTO, 3}, {V4L2_CID_EXPOSURE_ABSOLUTE, 157}, {V4L2_CID_FOCUS_AUTO, 1},
    {V4L2_CID_FOCUS_ABSOLUTE, 0}, {V4L2_CID_POWER_LINE_FREQUENCY, 3},
};

#define PRETENDED(path) ((path) && !strcmp(path, "/dev/video42"))

static int ours(int fd) {
    for (int i = 0; i < opened; i++)
        if (files[i] == fd) return 1;
    return 0;
}

static int open_ours(void) {
    int fd = memfd_create("webcam", 0);
    ftruncate(fd, (long) BUFFERS * ROOM);
    if (!opened)
        for (int i = 0; i < BUFFERS; i++)
            memory[i] = mmap(0, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (long) i * ROOM);
    return files[opened++] = fd;
}

#define OPEN(name)                                                                   \
    int name(const char *path, int flags, ...) {                                     \
        va_list rest;                                                                \
        va_start(rest, flags);                                                       \
        int mode = va_arg(rest, int);                                                \
        va_end(rest);                                                                \
        if (PRETENDED(path)) return open_ours();                                     \
        return ((int (*)(const char *, int, ...)) dlsym(RTLD_NEXT, #name))(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
OPEN(__open_2)
OPEN(__open64_2)

int stat(const char *path, struct stat *told) {
    if (!PRETENDED(path))
        return ((int (*)(const char *, struct stat *)) dlsym(RTLD_NEXT, "stat"))(path, told);
    memset(told, 0, sizeof *told);
    told->st_mode = S_IFCHR | 0666;
    return 0;
}

int close(int fd) {
    for (int i = 0; i < opened; i++)
        if (files[i] == fd) {
            files[i] = files[--opened];
            break;
        }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "close"))(fd);
}

int select(int count, fd_set *in, fd_set *out, fd_set *bad, struct timeval *limit) {
    for (int i = 0; in && i < opened; i++)
        if (FD_ISSET(files[i], in)) return 1;
    return ((int (*)(int, fd_set *, fd_set *, fd_set *, struct timeval *)) dlsym(
        RTLD_NEXT, "select"))(count, in, out, bad, limit);
}

int poll(struct pollfd *all, nfds_t count, int limit) {
    if (count == 1 && ours(all->fd)) return all->revents = POLLIN, 1;
    return ((int (*)(struct pollfd *, nfds_t, int)) dlsym(RTLD_NEXT, "poll"))(all, count, limit);
}

static int no(int why) {
    errno = why;
    return -1;
}

static int *control(unsigned id) {
    for (unsigned i = 0; i < sizeof controls / sizeof *controls; i++)
        if (controls[i].id == id) return &controls[i].value;
    return 0;
}

static void settle(struct v4l2_pix_format *wish) {
    if (wish->pixelformat != V4L2_PIX_FMT_MJPEG || getenv("PRETEND_NO_MJPG"))
        wish->pixelformat = V4L2_PIX_FMT_YUYV;
    unsigned wide = wish->width;
    wish->width = wide >= 1600 ? 1920 : wide >= 960 ? 1280 : 640;
    wish->height = wide >= 1600 ? 1080 : wide >= 960 ? 720 : 480;
    wish->bytesperline = wish->width * 2;
    wish->sizeimage = wish->bytesperline * wish->height;
    wish->field = V4L2_FIELD_NONE;
}

static void wait_for_the_next(void) {
    static struct timespec due;
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    due.tv_nsec += 1000000000 / rate;
    due.tv_sec += due.tv_nsec / 1000000000;
    due.tv_nsec %= 1000000000;
    if (at.tv_sec > due.tv_sec || (at.tv_sec == due.tv_sec && at.tv_nsec > due.tv_nsec))
        due = at; /* who comes late finds the frame of that moment */
    else
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, 0);
}

static FILE *next_picture(void) {
    static unsigned number;
    const char *folder = getenv("PRETEND_PICTURES");
    char path[4096];
    FILE *file = 0;
    for (int again = 0; !file && again < 2; again++) {
        snprintf(path, sizeof path, "%s/%ux%u-%u.jpg", folder, now.width, now.height, number++);
        if (!(file = fopen(path, "rb"))) number = 0;
    }
    snprintf(path, sizeof path, "%s/%ux%u.jpg", folder, now.width, now.height);
    return file ? file : fopen(path, "rb");
}

static int picture(struct v4l2_buffer *told) {
    unsigned i = 0;
    while (i < buffers && !queued[i]) i++;
    if (i == buffers) return no(EAGAIN);
    wait_for_the_next();
    queued[i] = 0;
    told->index = i;
    told->sequence = sequence++;
    told->length = ROOM;
    if (now.pixelformat != V4L2_PIX_FMT_MJPEG) {
        told->bytesused = now.sizeimage;
        memset(memory[i], 100 + sequence % 50, now.sizeimage);
        return 0;
    }
    FILE *file = next_picture();
    if (!file) return no(EIO);
    told->bytesused = fread(memory[i], 1, ROOM, file);
    fclose(file);
    return 0;
}

static int answer(unsigned request, void *told) {
    struct v4l2_format *format = told;
    struct v4l2_control *wish = told;
    struct v4l2_fract *pace = &((struct v4l2_streamparm *) told)->parm.capture.timeperframe;
    int *value;
    switch (request) {
    case VIDIOC_QUERYCAP:
        memset(told, 0, sizeof(struct v4l2_capability));
        ((struct v4l2_capability *) told)->capabilities =
            V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        return 0;
    case VIDIOC_G_FMT: return format->fmt.pix = now, 0;
    case VIDIOC_TRY_FMT: return settle(&format->fmt.pix), 0;
    case VIDIOC_S_FMT:
        if (buffers) return no(EBUSY);
        settle(&format->fmt.pix);
        return now = format->fmt.pix, 0;
    case VIDIOC_G_PARM: return pace->numerator = 1, pace->denominator = rate, 0;
    case VIDIOC_S_PARM:
        rate = pace->numerator ? pace->denominator / pace->numerator : 30;
        if (now.pixelformat == V4L2_PIX_FMT_YUYV && now.width == 1920) rate = 5;
        return pace->numerator = 1, pace->denominator = rate, 0;
    case VIDIOC_REQBUFS:
        buffers = ((struct v4l2_requestbuffers *) told)->count;
        if (buffers > BUFFERS) buffers = BUFFERS;
        memset(queued, 0, sizeof queued);
        return ((struct v4l2_requestbuffers *) told)->count = buffers, 0;
    case VIDIOC_QUERYBUF:
        ((struct v4l2_buffer *) told)->length = ROOM;
        ((struct v4l2_buffer *) told)->m.offset = ((struct v4l2_buffer *) told)->index * ROOM;
        return 0;
    case VIDIOC_QBUF: return queued[((struct v4l2_buffer *) told)->index] = 1, 0;
    case VIDIOC_DQBUF: return picture(told);
    case VIDIOC_STREAMON:
    case VIDIOC_STREAMOFF:
    case VIDIOC_S_INPUT: return 0;
    case VIDIOC_G_INPUT: return *(int *) told = 0;
    case VIDIOC_ENUMINPUT: return ((struct v4l2_input *) told)->index ? no(EINVAL) : 0;
    case VIDIOC_QUERYCTRL: return control(((struct v4l2_queryctrl *) told)->id) ? 0 : no(EINVAL);
    case VIDIOC_G_CTRL:
        if (!(value = control(wish->id))) return no(EINVAL);
        return wish->value = *value, 0;
    case VIDIOC_S_CTRL:
        if (!(value = control(wish->id))) return no(EINVAL);
        if (wish->id == V4L2_CID_EXPOSURE_AUTO && wish->value != 1 && wish->value != 3)
            return no(EINVAL); /* uvcvideo knows manual and aperture priority */
        if (wish->id == V4L2_CID_EXPOSURE_ABSOLUTE && *control(V4L2_CID_EXPOSURE_AUTO) != 1)
            return no(EACCES);
        fprintf(stderr, "set %x to %d\n", wish->id, wish->value);
        return *value = wish->value, 0;
    default: return no(ENOTTY);
    }
}

int ioctl(int fd, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    void *told = va_arg(rest, void *);
    va_end(rest);
    if (ours(fd)) return answer((unsigned) request, told);
    return ((int (*)(int, unsigned long, ...)) dlsym(RTLD_NEXT, "ioctl"))(fd, request, told);
}
