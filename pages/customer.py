"""Customer: one customer's whole story; found by name or number, and opened from every list that names one."""

from salesanalytics.ui.customer.page import customer_page
from salesanalytics.ui.frame import show_page

show_page(customer_page, styles=("customer",), filters=False)
