"""The photos of the gallery: what each shows, and what its camera wrote. Every camera's clock is four hours ahead of Stockholm."""

DAY = ((88, 150, 214), (206, 226, 240))
DUSK = ((44, 52, 104), (248, 158, 96))
DAWN = ((112, 140, 190), (252, 206, 170))
NIGHT = ((10, 16, 44), (56, 76, 124))
SEA, COLD, WARM = (38, 84, 120), (58, 96, 126), (120, 72, 84)


def ridge(seed, base, relief, scale, colour, **more):
    return dict(seed=seed, base=base, relief=relief, scale=scale, colour=colour, **more)


def islands(seed, line, dark=(44, 66, 62), far=(110, 134, 160)):
    return [
        ridge(seed, line - 0.02, 0.07, 1.1, far, haze=0.6),
        ridge(seed + 1, line + 0.03, 0.16, 1.9, dark, pines=22, haze=0.25),
    ]


NIKON = dict(make="ARCHIPELAGO OPTICS", model="A-7 II")
PHONE = dict(make="Skerry", model="Pocket 3")
COMPACT = dict(make="Galleria Camera Works", model="GCW 100")

# MakerNotes in the textual form that some makers use (RICOH's, say): readers take them for what they are, without complaint.
def note(serial, length):
    text = f"Rev0100;Firmware=1.02;Serial={serial:06};Drive=Single;Shots={serial * 7};Lens=35/2.0;Picture=Standard;"
    return text.encode("ascii").ljust(length)


PHOTOS = [
    dict(
        name="Arrival by ferry.jpg", title="Arrival by ferry", order="II", taken="2024:06:21 13:05:12", **NIKON, subsec="42", size=(384, 256),
        scene=dict(sky=DAY, horizon=0.6, water=0.58, tint=SEA, light=dict(x=0.78, y=0.16, size=0.035, colour=(255, 252, 240), glow=(255, 244, 214), reach=1.0),
                   clouds=dict(seed=3, **{"from": 0.5}, strength=0.85, colour=(252, 252, 252)), ridges=islands(11, 0.58),
                   front=[("sailboat", 0.3, 0.7, 0.24), ("sailboat", 0.62, 0.63, 0.1), ("gulls", 4, 6)])),
    dict(
        name="Lighthouse + gulls.jpg", title="Lighthouse and gulls", order="MM", taken="2024:06:21 15:40:03", **COMPACT, size=(384, 256),
        scene=dict(sky=((70, 130, 200), (222, 232, 236)), water=0.66, tint=COLD, clouds=dict(seed=9, **{"from": 0.46}, strength=0.9, colour=(255, 250, 244)),
                   ridges=[ridge(21, 0.63, 0.06, 1.0, (120, 142, 164), haze=0.6), ridge(22, 0.66, 0.2, 1.4, (96, 92, 88), haze=0.2)],
                   ashore=[("lighthouse", 0.66, 0.65, 0.38)], front=[("gulls", 8, 11)])),
    dict(
        name="Djurgårdsbrunn.jpg", title="Djurgardsbrunn", order="II", taken="2024:06:21 18:22:47", offset="+01:00", **NIKON, size=(384, 256),
        scene=dict(sky=((104, 152, 204), (236, 232, 214)), water=0.56, tint=(52, 92, 84), clouds=dict(seed=15, **{"from": 0.55}, strength=0.7, colour=(255, 252, 246)),
                   ridges=[ridge(31, 0.5, 0.12, 1.6, (92, 126, 96), pines=30, haze=0.3), ridge(32, 0.55, 0.08, 2.4, (52, 96, 56), haze=0.25)],
                   ashore=[("house", 0.28, 0.555, 0.15, (222, 176, 84)), ("house", 0.52, 0.555, 0.12, (196, 70, 56))])),
    dict(
        name="Midsommar på Öland.jpg", title="Midsommar", order="MM", taken="2024:06:21 20:10:30", offset="+02:00", **PHONE, subsec="118", size=(384, 256),
        scene=dict(sky=((96, 158, 220), (226, 236, 226)), horizon=0.62, clouds=dict(seed=23, **{"from": 0.52}, strength=0.8, colour=(255, 255, 255)),
                   ridges=[ridge(41, 0.56, 0.06, 1.2, (104, 140, 116), pines=18, haze=0.4), ridge(42, 0.64, 0.05, 0.8, (112, 158, 66), haze=0.1)],
                   front=[("meadow", 0.68, 46), ("maypole", 0.52, 0.84, 0.58), ("house", 0.14, 0.67, 0.13, (172, 44, 38))])),
    dict(
        name="IMG_0412.jpg", order="MM", taken="2024:06:22 01:58:20", **COMPACT, note=note(417, 412), thumbnail=True, size=(384, 256), iso=800,
        scene=dict(sky=DUSK, water=0.6, tint=WARM, light=dict(x=0.4, y=0.55, size=0.06, colour=(255, 236, 190), glow=(255, 190, 110), reach=1.6),
                   clouds=dict(seed=33, **{"from": 0.5}, strength=0.6, colour=(232, 112, 104)), ridges=islands(51, 0.6, (34, 30, 52), (120, 84, 112)),
                   front=[("sailboat", 0.72, 0.68, 0.18)])),
    dict(
        name="IMG_0413.jpg", order="II", taken="2024:06:22 02:20:09", **COMPACT, note=note(418, 125), size=(256, 384), iso=800,
        scene=dict(sky=((52, 44, 96), (236, 128, 104)), water=0.62, tint=(88, 56, 84), light=dict(x=0.5, y=0.6, size=0.05, colour=(255, 214, 160), glow=(255, 160, 96), reach=1.4),
                   clouds=dict(seed=39, **{"from": 0.47}, strength=0.7, colour=(214, 92, 110)), ridges=islands(57, 0.62, (28, 26, 46), (104, 70, 104)))),
    dict(
        name="Moonrise.jpg", title="Moonrise", order="II", taken="2024:06:22 03:31:55", **NIKON, size=(384, 256), iso=3200, exposure=(2, 1),
        scene=dict(sky=NIGHT, stars=True, water=0.64, tint=(12, 22, 48), light=dict(x=0.64, y=0.26, size=0.045, colour=(252, 248, 228), glow=(190, 200, 230), reach=0.6),
                   ridges=[ridge(61, 0.6, 0.12, 1.2, (28, 40, 72), haze=0.3), ridge(62, 0.65, 0.14, 1.8, (10, 14, 28), pines=26, haze=0.1)])),
    dict(
        name="Skärgården at dawn.jpg", title="The archipelago at dawn", order="MM", taken="2024:06:22 08:04:41", **PHONE, offset="+02:00", size=(384, 256),
        scene=dict(sky=DAWN, water=0.55, tint=(96, 120, 150), light=dict(x=0.22, y=0.46, size=0.04, colour=(255, 246, 224), glow=(255, 220, 170), reach=1.2),
                   clouds=dict(seed=45, **{"from": 0.53}, strength=0.6, colour=(255, 224, 214)),
                   ridges=[ridge(71, 0.5, 0.05, 0.9, (160, 170, 196), haze=0.7), ridge(72, 0.52, 0.09, 1.3, (120, 136, 164), haze=0.5),
                           ridge(73, 0.57, 0.14, 1.7, (64, 78, 92), pines=14, haze=0.3)])),
    dict(
        name="The red cottage.jpg", title="The red cottage", order="II", taken="2024:06:22 14:47:00", **PHONE, comment="Coffee at three", size=(384, 256),
        scene=dict(sky=DAY, horizon=0.6, clouds=dict(seed=51, **{"from": 0.5}, strength=0.8, colour=(255, 255, 255)),
                   ridges=[ridge(81, 0.42, 0.14, 1.3, (84, 122, 104), pines=40, haze=0.35), ridge(82, 0.66, 0.08, 1.0, (126, 166, 74), haze=0.1)],
                   front=[("house", 0.46, 0.72, 0.3, (168, 42, 36)), ("meadow", 0.76, 52)])),
    dict(
        name="Åre i snö.jpg", title="Are in snow", order="MM", taken="2024:01:13 14:15:26", **NIKON, size=(384, 256),
        scene=dict(sky=((60, 116, 190), (206, 222, 240)), horizon=0.7,
                   ridges=[ridge(91, 0.42, 0.5, 1.1, (112, 128, 160), sharp=True, snow=0.3, haze=0.4), ridge(92, 0.6, 0.42, 1.5, (92, 104, 132), sharp=True, snow=0.16, haze=0.3),
                           ridge(93, 0.9, 0.12, 1.4, (232, 238, 248), pines=0, haze=0.1), ridge(94, 0.88, 0.05, 1.2, (36, 52, 60), pines=26, haze=0.1)])),
    dict(
        name="Winter harbour.jpg", title="Winter harbour", order="II", taken="2024:01:14 19:30:00", offset="+01:00", **COMPACT, note=note(93, 198), size=(384, 256), iso=1600,
        scene=dict(sky=((26, 34, 78), (196, 132, 150)), water=0.63, tint=(50, 52, 86), clouds=dict(seed=63, **{"from": 0.5}, strength=0.55, colour=(150, 96, 130)),
                   ridges=[ridge(101, 0.55, 0.16, 1.2, (108, 108, 150), snow=0.2, haze=0.4), ridge(102, 0.63, 0.05, 1.6, (214, 216, 232), haze=0.2)],
                   ashore=[("house", 0.2, 0.625, 0.12, (168, 42, 36)), ("house", 0.36, 0.625, 0.1, (214, 168, 80)), ("house", 0.74, 0.625, 0.14, (150, 60, 52))],
                   front=[("sailboat", 0.56, 0.72, 0.16)])),
    dict(
        name="Panorama.jpg", title="The whole bay", order="MM", taken="2024:06:23 17:00:00", **NIKON, original=True, size=(512, 224),
        scene=dict(sky=((76, 140, 212), (220, 232, 238)), water=0.52, tint=SEA, light=dict(x=0.86, y=0.18, size=0.04, colour=(255, 252, 240), glow=(255, 244, 214), reach=0.9),
                   clouds=dict(seed=71, **{"from": 0.49}, strength=0.85, colour=(255, 255, 255)), ridges=islands(111, 0.52),
                   ashore=[("lighthouse", 0.16, 0.5, 0.26)], front=[("sailboat", 0.44, 0.66, 0.22), ("sailboat", 0.58, 0.6, 0.12), ("gulls", 12, 9)])),
    # Scanned: a JFIF header, and nothing that says when it was taken.
    dict(
        name="Postcard, scanned.jpg", size=(384, 256),
        scene=dict(sky=((150, 160, 160), (232, 216, 180)), water=0.6, tint=(110, 120, 110), clouds=dict(seed=81, **{"from": 0.5}, strength=0.6, colour=(244, 232, 206)),
                   ridges=[ridge(121, 0.56, 0.1, 1.2, (140, 138, 120), haze=0.5), ridge(122, 0.61, 0.1, 1.8, (100, 98, 82), pines=12, haze=0.3)],
                   front=[("sailboat", 0.4, 0.7, 0.2)])),
]
