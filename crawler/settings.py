"""Who we are and how polite we are. Every value that is not Scrapy's default has its reason beside it.

Loaded as Scrapy's settings; what differs between crawls (contact, delay, proxy) is said to ``crawler.run.crawl``.
"""

from __future__ import annotations

from importlib.metadata import version

BOT_NAME = "crossforce"

# -- politeness; the delay itself and one-at-a-time are kept by crawler.gate, nearest the wire
DOWNLOAD_DELAY = 2.0  # seconds between an answer and the next request to a host; police sites are small, we have time
DOWNLOAD_DELAY_JITTER = 0  # a stated delay is kept: Scrapy would go down to half of it
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one request at a time per host
CONCURRENT_REQUESTS = 64  # hosts at once: above the number of forces, so that a slow host holds up no other
AUTOTHROTTLE_ENABLED = False  # it lowers the delay of fast servers
ROBOTSTXT_OBEY = False  # crawler.robots obeys it: Scrapy's own takes a 403 or an HTML page for "no rules"
LONGEST_CRAWL_DELAY = 600.0  # seconds; a site that asks for more than ten minutes asks not to be crawled: disallowed
LONGEST_WAIT = 900.0  # seconds of Retry-After that a run waits for; asked for longer, it ends and says so
WAIT_WITHOUT_WORD = 60.0  # seconds after a 429 or 503 without Retry-After; doubled at each further one
MOST_WAITS = 3  # times that one request waits and asks again after 429 or 503
FAILURES_IN_A_ROW = 5  # after so many a host is taken to be down, and left alone
REFUSALS_IN_A_ROW = 3  # 403 for a single file may be a mistake of the site; so many are a block

# -- what is sent
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.8,cy;q=0.5",  # English first: a Welsh twin is found by its own address
    "Accept-Encoding": "gzip",  # whatever replays a WARC file can undo gzip; br and zstd it may not
}
COOKIES_ENABLED = False  # a log is public: no session, nothing to remember
REFERER_ENABLED = False  # where we came from is no one's need
DOWNLOAD_VERIFY_CERTIFICATES = True  # evidence is worth nothing from a server that anyone could be

# -- what is taken
REDIRECT_ENABLED = False  # each hop is an answer of its own, and the catalogue follows it
METAREFRESH_ENABLED = False  # a page's content, not its transport
HTTPERROR_ALLOW_ALL = True  # 304, 404, 410, 403 are findings
RETRY_TIMES = 2  # three tries in all
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503 wait as they are told, in crawler.patience
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # a failure is counted and reported, not logged
DOWNLOAD_TIMEOUT = 60  # seconds; the largest file seen (18 MB) takes that at 300 kB a second
DOWNLOAD_MAXSIZE = 128 * 1024 * 1024  # bytes; bundles of 16 to 18 MB were seen, Scrapy's 1 GiB would fill memory
LARGEST_PAGE = 16 * 1024 * 1024  # bytes of a web page: a hundred times the longest seen, and still read in a minute
DOWNLOAD_WARNSIZE = 0  # a large file is no warning

# -- what runs
DOWNLOAD_HANDLERS = {
    "http": "crawler.gate.PoliteHandler",
    "https": "crawler.gate.PoliteHandler",
    "file": None,  # nothing but the web is crawled: a page must not lead us to our own disk
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOADER_MIDDLEWARES = {
    "crawler.robots.RobotsMiddleware": 100,  # before anything is spent on a request that may not be sent
    "crawler.patience.PatienceMiddleware": 560,  # above decompression (590), so that a challenge page can be read
}
CAPTURE_MIDDLEWARE = {"crawler.capture.CaptureMiddleware": 905}  # nearest the wire: gzip and redirects as they came
TELNETCONSOLE_ENABLED = False  # no port is opened
REMOTE_CONTROL_ENABLED = False  # this one would run whatever Python it is sent
URLLENGTH_LIMIT = 0  # addresses are long on real logs (slugs above 200 characters), and none is dropped unseen
LOG_ENABLED = False  # what a person needs is in the report
EXTENSIONS = {"scrapy.extensions.logstats.LogStats": None, "scrapy.extensions.memusage.MemoryUsage": None}  # not read


def user_agent(contact: str) -> str:
    """The name we go by: what we are, which version, and whom to write to."""
    return f"Crossforce/{version('crossforce')} (+{contact}; search engine over published FOI disclosures)"
